// Reads the Turtle file named on the command line with N3.js and writes N-Triples, one triple a line.
// The format is given to the parser so that it takes Turtle alone, not N3.js's superset of it.
import { readFileSync } from "node:fs";
import { Parser, Writer } from "n3";

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error("usage: node count.mjs FILE.ttl");
  process.exit(2);
}
const quads = new Parser({ format: "text/turtle" }).parse(readFileSync(path, "utf8"));
process.stdout.write(new Writer({ format: "N-Triples" }).quadsToString(quads));
