"""How the models in ``tracker/encoder/models`` are made; nothing here is needed at run time."""
