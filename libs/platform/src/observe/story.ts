import type { IncomingMessage } from 'node:http';

/**
 * What is learnt of one request on its way, for log, metrics and traces. Names of places and parties only:
 * no path with ids in it, no query, no body, no header (T-30).
 */
export interface RequestStory {
  /** The route's template, such as `/v1/banks/:bankCode/accounts`. */
  route?: string | undefined;
  /** Registered software, once it is known who calls. */
  client?: string | undefined;
  intermediary?: string | undefined;
  /** `none` or a chain partner. */
  partner?: string | undefined;
  /** Whether the caller claimed that its customer is there: yes or no, never where or since when. */
  customerPresent?: boolean | undefined;
  /** Four digits. */
  institution?: string | undefined;
  /** Of the refusal, or OAuth's `error`. */
  code?: string | undefined;
  /** A page that a person looks at. */
  isPage?: boolean;
}

const STORY = Symbol('story');
type Told = IncomingMessage & { [STORY]?: RequestStory };

/** The story of a request; whoever learns something adds it. */
export function storyOf(request: IncomingMessage): RequestStory {
  const told = request as Told;
  return (told[STORY] ??= {});
}
