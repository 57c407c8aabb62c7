//! tamis
fn main() { let q = std::env::args().nth(1).unwrap_or_default(); let s = tamis::Schema::builtin("activities").expect("s");
 match tamis::compile(&q, s, "api", &tamis::Options::at(1793534400000)) { Ok(c) => println!("{}", serde_json::to_string(&c.output).expect("")), Err(e) => for d in e { println!("{}", tamis::diag::render::draw(&d, "q", &q, tamis::diag::render::Style{color:false,width:80})) } } }
