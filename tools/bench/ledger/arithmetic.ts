/** The middle value; of an even number of values the mean of the two in the middle. Undefined of none. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return (lower + upper) / 2;
}

/** The smallest value that at least `share` of all values do not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Significant digits suit rates of 20,000 as well as ratios of 0.9. */
export const rounded = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(4));

/**
 * The median over the repetitions of a ratio taken inside each: what slowed one repetition slowed both sides of
 * its ratio. A repetition that lacks either side does not count.
 */
export function medianRatio<Repetition>(
  repetitions: readonly Repetition[],
  above: (repetition: Repetition) => number | undefined,
  below: (repetition: Repetition) => number | undefined,
): number | undefined {
  const ratios = repetitions.flatMap((repetition) => {
    const [top, bottom] = [above(repetition), below(repetition)];
    return top === undefined || bottom === undefined || bottom === 0 ? [] : [top / bottom];
  });
  return median(ratios);
}
