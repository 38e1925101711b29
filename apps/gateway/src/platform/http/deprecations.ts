import type { FastifyReply, FastifyRequest } from 'fastify';
import { CivilDate, type Instant } from '#libs/kernel';
import { retiredProblem } from './deprecations.problems.js';

/** One operation that will go. The table is the only place where that is said (users.md D.6). */
export interface Deprecation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The route as it is declared, such as `/v1/banks/:bankCode/accounts`. */
  readonly route: string;
  /** From which day callers are told, and from which it answers 410: days in Asia/Tokyo. */
  readonly since: string;
  readonly sunset: string;
  /** A page that says what to use instead. */
  readonly link: string;
}

/** Operations that will go, in production: none. */
export const DEPRECATIONS: readonly Deprecation[] = [];

const MONTHS_MIN = 12;

/** What is wrong with a table: an end earlier than twelve months after its beginning, or a route twice. */
export function faultsOf(table: readonly Deprecation[]): string[] {
  const seen = new Set<string>();
  return table.flatMap((one) => {
    const name = `${one.method} ${one.route}`;
    const earliest = CivilDate.from(one.since).plusMonths(MONTHS_MIN);
    const faults = [
      ...(seen.has(name) ? [`${name} stands twice`] : []),
      ...(CivilDate.from(one.sunset).isBefore(earliest)
        ? [`${name} ends within ${MONTHS_MIN} months`]
        : []),
    ];
    seen.add(name);
    return faults;
  });
}

const beginOf = (day: string): Instant => CivilDate.from(day).at('00:00');

const UTC = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** IMF-fixdate of RFC 9110 section 5.6.7. */
function httpDate(at: Instant): string {
  const parts = new Map(UTC.formatToParts(at).map(({ type, value }) => [type, value]));
  const [weekday, day, month, year] = ['weekday', 'day', 'month', 'year'].map((type) =>
    parts.get(type as Intl.DateTimeFormatPartTypes),
  );
  const [hour, minute, second] = ['hour', 'minute', 'second'].map((type) =>
    parts.get(type as Intl.DateTimeFormatPartTypes),
  );
  return `${weekday}, ${day} ${month} ${year} ${hour}:${minute}:${second} GMT`;
}

/** `Deprecation` of RFC 9745, `Sunset` of RFC 8594, and the links to the page that explains both. */
export const headersOf = ({
  since,
  sunset,
  link,
}: Deprecation): Readonly<Record<string, string>> => ({
  deprecation: `@${beginOf(since) / 1000}`,
  sunset: httpDate(beginOf(sunset)),
  link: `<${link}>; rel="deprecation"; type="text/html", <${link}>; rel="sunset"; type="text/html"`,
});

/**
 * Sets the headers before anything is judged, so that a refusal carries them as well as an answer; from the sunset on
 * refuses with `retired` and names the page that says what to use instead (users.md D.5).
 */
export function tellDeprecations(
  now: () => Instant,
  table: readonly Deprecation[] = DEPRECATIONS,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const going = new Map(
    table.map((one) => [
      `${one.method} ${one.route}`,
      { ...one, headers: headersOf(one), endsAt: beginOf(one.sunset) },
    ]),
  );
  return async (request, reply) => {
    const found = going.get(`${request.method} ${request.routeOptions.url ?? ''}`);
    if (!found) return;
    for (const [name, value] of Object.entries(found.headers)) void reply.header(name, value);
    if (now() >= found.endsAt) throw retiredProblem(found);
  };
}
