"""What people look at in lists of work. Reads only; every function starts from an actor."""

from .board import (Cell, HeatMap, HeatRow, heat_map)
from .charges import (lights_of, red_on)
from .claims import (Claim, ClaimState, claim_items, claim_lines, claimants_for, claims_seen_by, claims_to_grant)
from .lighting import (LightCell, LightMap, light_map)
from .lists import (Item, Level, ListKind, ListState, TaskList, carriers_for, check_code, followed, item_lines, items_of, items_seen_by, keepers_for, kept_by, left_to_take, lists_seen_by, measures, named_jointly, orgs_named, parents_in, places_in, with_counts)
from .shares import (Adjustment, AdjustmentState, Rule, Share, adjustment_items, adjustments_seen_by, adjustments_to_approve, balance_of, bases, figures_of, share_lines, shares_seen_by, sharing, standing_below, whole_of)

__all__ = ["Adjustment", "AdjustmentState", "Cell", "Claim", "ClaimState", "HeatMap", "HeatRow", "Item", "Level", "LightCell", "LightMap", "ListKind", "ListState", "Rule", "Share", "TaskList", "adjustment_items", "adjustments_seen_by", "adjustments_to_approve", "balance_of", "bases", "carriers_for", "check_code", "claim_items", "claim_lines", "claimants_for", "claims_seen_by", "claims_to_grant", "figures_of", "followed", "heat_map", "item_lines", "items_of", "items_seen_by", "keepers_for", "kept_by", "left_to_take", "light_map", "lights_of", "lists_seen_by", "measures", "named_jointly", "orgs_named", "parents_in", "places_in", "red_on", "share_lines", "shares_seen_by", "sharing", "standing_below", "whole_of", "with_counts"]
