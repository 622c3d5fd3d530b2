"""One file per thing measured: `bench(size)` yields rows; script/bench finds it by name."""
