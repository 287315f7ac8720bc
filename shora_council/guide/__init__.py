"""The guide of each role: the first day and the work that comes back, in sentences that name menus and buttons.

No label is written here. A sentence has places, ``%(plans)s``, and a mark for each: a menu, a button, a word of a page.
The mark is shown by the name that the screen itself has in the reader's language, so that both cannot drift apart.
"""

from . import hr, member, office, secretariat, secretary

#: in the order in which they are offered
PAGES = {page.role: page for page in (secretary.PAGE, secretariat.PAGE, hr.PAGE, office.PAGE, member.PAGE)}
