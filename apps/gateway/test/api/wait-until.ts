const ATTEMPTS_MAX = 3_000;

/** Waits until something is so; gives up after 3,000 looks, so that a test that failed also ends. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`Waited in vain: ${isSo.toString().slice(0, 200)}`);
}
