# What developers run; .ci/run runs the same.

# formatting, lints and the fast tests
check:
    cargo fmt --all --check
    cargo clippy --all-targets -- -D warnings
    cargo test --lib --test conformance --test errors --test layers

# every test that needs nothing but Rust
test:
    cargo test

# the library as embedders build it
embed:
    cargo clippy --no-default-features --lib -- -D warnings
    cargo test --no-default-features --lib

# ratios to the bare parse
bench:
    cargo bench --bench compile

# the pages of the crate
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
