use ocpp_types::*;
use std::io::BufRead;
fn main() {
    // lines: action \t text
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (action, text) = line.split_once('\t').unwrap();
        let text: String = serde_json::from_str(text).unwrap();
        let action = Action::from_name(action);
        let mut out = vec![];
        for tol in [Tolerance::STRICT, Tolerance::LENIENT] {
            let r = Message::parse_with(&text, |_| action, tol);
            out.push(match r {
                Ok(t) => {
                    let mut s = String::new();
                    let e = match &t.value {
                        Message::Call { id, request } => request.encode_call(id, &mut s),
                        Message::CallResult { id, response } => response.encode_result(id, &mut s),
                        Message::CallError(e) => e.encode(&mut s),
                        _ => Ok(()),
                    };
                    let d: Vec<String> = t.deviations.iter().map(|d| format!("{}:{}", d.rule.name(), d.path)).collect();
                    serde_json::json!({"ok":true,"text":s,"enc":e.err().map(|e|e.to_string()),"dev":d})
                }
                Err(e) => serde_json::json!({"ok":false,"code":e.code().as_str(),"path":e.violation.path.to_string(),"msg":e.to_string(),"off":e.violation.offset}),
            });
        }
        println!("{}", serde_json::to_string(&out).unwrap());
    }
}
