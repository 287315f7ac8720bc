from tests.common import ShoraCase
class TestX(ShoraCase):
    def test_x(self):
        body = self.env.ref("shora_council.council_joint")
        self.assertEqual(body.bylaw_id.state, "in_force")
