/** Starts the demo. */
export async function demo(): Promise<void> {
  throw new Error('placeholder')
}
