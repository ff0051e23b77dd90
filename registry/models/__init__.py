"""The tables of the register: places, offices, organisations, hubs, cases and certificates."""

from registry.models.cases import CLOSED, Case, Defect, Material, Notice, RoadKey, State, Step
from registry.models.certificates import Certificate, NumberSeries
from registry.models.hubs import Hub, HubStaff, HubType
from registry.models.jurisdictions import Jurisdiction, PlaceChange, Population
from registry.models.offices import Office
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
from registry.models.policy import PolicyPack

__all__ = [
    "CLOSED",
    "Case",
    "Category",
    "Certificate",
    "Defect",
    "Hub",
    "HubStaff",
    "HubType",
    "Jurisdiction",
    "LeaderTerm",
    "LegalForm",
    "Material",
    "Notice",
    "NumberSeries",
    "OccupationalBan",
    "Office",
    "Organisation",
    "PartyCoverage",
    "PartyState",
    "Person",
    "PlaceChange",
    "PolicyPack",
    "Population",
    "Premises",
    "RoadKey",
    "Scope",
    "Standing",
    "StandingKind",
    "State",
    "Step",
]
