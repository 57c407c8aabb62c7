# What developers run; .ci/run runs the same.

# formatting, lints and the fast tests
check:
    cargo fmt --all --check
    cargo clippy --all-targets -- -D warnings
    cargo test --lib --test conformance --test errors --test layers

# every test that needs nothing but Rust
test:
    cargo test

# the property tests at a million (query, record) pairs each: 64, 64 and 50 records a query
long:
    PROPTEST_RNG_SEED=$(date +%s) PROPTEST_CASES=16000 cargo test --release --test plan a_plan_selects
    PROPTEST_RNG_SEED=$(date +%s) PROPTEST_CASES=16000 cargo test --release --test compare -- no_record_contradicts on_one_field
    PROPTEST_RNG_SEED=$(date +%s) PROPTEST_CASES=20000 cargo test --release --test matcher say_what_the_page_says
    TAMIS_MUTATIONS=10000000 TAMIS_SEED=$(date +%s) cargo test --release --test recogniser
    TAMIS_ENGINE_QUERIES=100000 TAMIS_SEED=$(date +%s) tests/engines/run

# installs the engines and runs every target on its own; `just engines duckdb` for one
engines *targets:
    tests/engines/run {{targets}}

# the library as embedders build it
embed:
    cargo clippy --no-default-features --lib -- -D warnings
    cargo test --no-default-features --lib

# the WebAssembly modules, their types and their tests
wasm:
    cargo test --manifest-path wasm/Cargo.toml --features full
    wasm/build
    node --test wasm/test.mjs

# ratios to the bare parse
bench:
    cargo bench --bench compile

# the pages of the crate
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# the query box, the builder and the playground: modules, scripts, their tests in a browser, and
# the program that serves the playground by itself
web *words:
    web/test {{words}}
    cargo build --features playground
