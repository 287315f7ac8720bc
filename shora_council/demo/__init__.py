from . import demo_council, demo_sessions  # isort: skip  (first: the others extend them)
from . import (
    demo_clock,
    demo_days,
    demo_digest,
    demo_dossiers,
    demo_joint,
    demo_members,
    demo_minutes,
    demo_people,
    demo_plan,
    demo_posts,
    demo_resolutions,
    demo_turns,
    demo_words,
)
