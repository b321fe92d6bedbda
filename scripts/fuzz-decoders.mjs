/**
 * Reads a million mutated request bodies with the decoders in src/slack/http and with `URLSearchParams` and `JSON.parse`, and
 * exits with 1 at the first difference. Run it with `npm run fuzz`; SEED=… repeats a run, BODIES=… sets the number.
 */
import { dice } from '../dist/test/chance.js'
import { difference, mutatedBody } from '../dist/test/slack/http/decoders-fuzz.js'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const bodies = Number(process.env.BODIES ?? 1_000_000)
console.log(`seed ${seed}, ${bodies} bodies`)
const roll = dice(seed)
for (let i = 1; i <= bodies; i++) {
  const body = mutatedBody(roll)
  const found = difference(body)
  if (found) {
    console.error(`body ${i} differs: ${JSON.stringify(body.toString('latin1'))}`)
    console.error(JSON.stringify(found, null, 2).slice(0, 4000))
    process.exit(1)
  }
  if (i % 100_000 === 0) console.log(`${i} bodies, no difference`)
}
