import sys
from . import steps, debian, paths
paths.make_house()
def go():
    with steps.step("odoo"):
        debian.unpack_odoo()
sys.exit(steps.guarded(go))
