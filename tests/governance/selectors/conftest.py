from tests.factories.shared import built_world, world

__all__ = ["built_world", "world"]
