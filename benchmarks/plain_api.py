"""The plain way, for comparison only: ModelViewSet, ModelSerializer, PageNumberPagination, Django's usual middleware.

Never served by the portal. The same token (django-oauth-toolkit's own authentication), the same fourteen members, the
same province by the same index, the place joined; what people usually add first is added, and nothing else.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
settings.ROOT_URLCONF = "benchmarks.plain_api"
settings.MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
settings.REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["oauth2_provider.contrib.rest_framework.OAuth2Authentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
application = get_wsgi_application()

from django.urls import include, path  # noqa: E402
from rest_framework import permissions, serializers, viewsets  # noqa: E402
from rest_framework.routers import SimpleRouter  # noqa: E402

from registry.models import Organisation  # noqa: E402


class HasToken(permissions.BasePermission):
    """A client's token stands for nobody; that it is there is enough here."""

    def has_permission(self, request, view):
        return request.auth is not None


class OrganisationSerializer(serializers.ModelSerializer):
    """The members of the portal's list."""

    place = serializers.CharField(source="place_code")
    place_name = serializers.CharField(source="place.name")

    class Meta:
        model = Organisation
        fields = (
            "id", "name", "standing", "legal_form", "category", "scope", "place", "place_name", "filing_number",
            "credit_code", "managing_body", "charity_since", "valid_until", "updated_at",
        )  # fmt: skip


class OrganisationViewSet(viewsets.ModelViewSet):
    """Organisations of a place."""

    queryset = Organisation.objects.select_related("place").order_by("place_code", "id")
    serializer_class = OrganisationSerializer
    permission_classes = (HasToken,)

    def get_queryset(self):
        place = self.request.query_params["place"]
        return super().get_queryset().inside(place)


router = SimpleRouter(trailing_slash=False)
router.register("organisations", OrganisationViewSet)
urlpatterns = [path("", include(router.urls))]
