import { expect, it } from 'vitest'
import { dice } from '../../chance.js'
import { difference, mutatedBody } from './decoders-fuzz.js'

const BODIES = 5000
const seed = Number(process.env.SEED ?? 1)

it(`${BODIES} mutated bodies are read as URLSearchParams and JSON.parse read them (seed ${seed})`, () => {
  const roll = dice(seed)
  for (let i = 0; i < BODIES; i++) {
    const body = mutatedBody(roll)
    expect(difference(body), body.toString('latin1')).toBeUndefined()
  }
})
