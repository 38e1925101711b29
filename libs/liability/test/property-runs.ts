/** How often each property runs: 300 in `npm test`; a campaign sets RENKEI_PROPERTY_RUNS to 10,000. */
export const propertyRuns = { numRuns: Number(process.env['RENKEI_PROPERTY_RUNS'] ?? 300) };
