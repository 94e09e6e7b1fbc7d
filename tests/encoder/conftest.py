import pytest

from tracker.encoder import ModelFolder, OnnxEncoder, load_encoder


@pytest.fixture(scope="session")
def models() -> ModelFolder:
    return ModelFolder()


@pytest.fixture(scope="session")
def encoder(models: ModelFolder) -> OnnxEncoder:
    return load_encoder(models)
