// The translation unit that the precompiled headers hang on.
