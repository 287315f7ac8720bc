from . import demo_council  # isort: skip  (first: the others extend it)
from . import demo_clock, demo_people, demo_plan, demo_posts, demo_words, demo_year
