from . import demo_council
