"""The tables of the register: places, offices, organisations, hubs, cases and what happens to them."""

from registry.models.candidates import Attestation, Candidate, Stage, Support
from registry.models.cases import CLOSED, Case, Defect, RoadKey, State, Step
from registry.models.certificates import Certificate, NumberSeries
from registry.models.clocks import CalendarDay, Clock, Interval, Unit
from registry.models.contacts import Contact, Passcode, Rating
from registry.models.desk import Absence, Look, Phrase
from registry.models.events import Delivery, Endpoint, Event, Export
from registry.models.exchange import Push, RatingReview, Reconciliation
from registry.models.hubs import Hub, HubStaff, HubType
from registry.models.jurisdictions import Jurisdiction, PlaceChange, Population
from registry.models.materials import Material, StoredFile
from registry.models.messages import Dispatch, Notice, Wording
from registry.models.names import FormerName, NameReservation
from registry.models.offices import Office
from registry.models.opinions import Opinion
from registry.models.organisations import (
    Category,
    LegalForm,
    Organisation,
    PartyCoverage,
    PartyState,
    Premises,
    Scope,
    Standing,
    StandingKind,
)
from registry.models.people import LeaderTerm, OccupationalBan, Person
from registry.models.placeacts import PlaceAct, Succession
from registry.models.policy import PolicyPack
from registry.models.reports import Objection, Report
from registry.models.services import Service, ServiceGroup
from registry.models.touches import Touch

__all__ = [
    "CLOSED",
    "Absence",
    "Attestation",
    "CalendarDay",
    "Candidate",
    "Case",
    "Category",
    "Certificate",
    "Clock",
    "Contact",
    "Defect",
    "Delivery",
    "Dispatch",
    "Endpoint",
    "Event",
    "Export",
    "FormerName",
    "Hub",
    "HubStaff",
    "HubType",
    "Interval",
    "Jurisdiction",
    "LeaderTerm",
    "LegalForm",
    "Look",
    "Material",
    "NameReservation",
    "Notice",
    "NumberSeries",
    "Objection",
    "OccupationalBan",
    "Office",
    "Opinion",
    "Organisation",
    "PartyCoverage",
    "PartyState",
    "Passcode",
    "Person",
    "Phrase",
    "PlaceAct",
    "PlaceChange",
    "PolicyPack",
    "Population",
    "Premises",
    "Push",
    "Rating",
    "RatingReview",
    "Reconciliation",
    "Report",
    "RoadKey",
    "Scope",
    "Service",
    "ServiceGroup",
    "Stage",
    "Standing",
    "StandingKind",
    "State",
    "Step",
    "StoredFile",
    "Succession",
    "Support",
    "Touch",
    "Unit",
    "Wording",
]
