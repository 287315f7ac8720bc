from . import demo_council, demo_posts
