"""What happens to persons. Who may do it is decided by the caller."""

from .child_access import (approve_child_access, ask_child_access, refuse_child_access)
from .contacts import (NewContact, OwnContact, Reader, copy_own_contact, correct_person, erase_contact, find_by_number, keep_contact, keep_contacts, reveal)
from .league_files import (NewFile, change_league_file, leave_league, open_league_file, open_league_files, rejoin_league, reopen_league_file)
from .members import (Admission, Appointment, NewPerson, NewPost, add_many, add_person, admit_many, admit_member, appoint, appoint_many, end_membership, end_post, end_posts_of, move_posts, transfer_member, transfer_roll, transfer_some)
from .merging import (Merged, Merging, merge_persons)

__all__ = ["Admission", "Appointment", "Merged", "Merging", "NewContact", "NewFile", "NewPerson", "NewPost", "OwnContact", "Reader", "add_many", "add_person", "admit_many", "admit_member", "appoint", "appoint_many", "approve_child_access", "ask_child_access", "change_league_file", "copy_own_contact", "correct_person", "end_membership", "end_post", "end_posts_of", "erase_contact", "find_by_number", "keep_contact", "keep_contacts", "leave_league", "merge_persons", "move_posts", "open_league_file", "open_league_files", "refuse_child_access", "rejoin_league", "reopen_league_file", "reveal", "transfer_member", "transfer_roll", "transfer_some"]
