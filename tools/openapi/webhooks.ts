import { EVENT_TYPES, eventTypes, VERIFICATION_TYPE } from '../../apps/gateway/src/events/index.js';

const id = (prefix: string) => ({
  type: 'string',
  pattern: `^${prefix}_[0-9a-z]{26}$`,
  maxLength: 31,
});

/** What we send, as OpenAPI 3.1 describes calls in the other direction; one message for every type. */
export const webhooks = () => ({
  event: {
    post: {
      operationId: 'receiveEvent',
      tags: ['events'],
      summary: '出来事の通知（Standard Webhooks 1.0.0）',
      'x-summary-en': 'An event, signed after Standard Webhooks 1.0.0',
      description: [
        'Answer 2xx within 15 s. `data` holds ids, codes and dates; ask the API for more.',
        '',
        ...EVENT_TYPES.map(
          (type) => `- \`${type}\`: ${eventTypes[type].ja} · ${eventTypes[type].en}`,
        ),
      ].join('\n'),
      security: [],
      parameters: [
        header('webhook-id', 'The same for every attempt: what arrives twice is the same event', {
          type: 'string',
          pattern: '^(evt|dlv)_[0-9a-z]{26}$',
          maxLength: 30,
        }),
        header('webhook-timestamp', 'Seconds since 1970; refuse what is older than 5 minutes', {
          type: 'string',
          pattern: '^[0-9]{1,12}$',
          maxLength: 12,
        }),
        header('webhook-signature', 'Over `{id}.{timestamp}.{body}`, one per key in force', {
          type: 'string',
          pattern: '^(v1a?,[A-Za-z0-9+/=]+)( v1a?,[A-Za-z0-9+/=]+)*$',
          maxLength: 1000,
        }),
        header('x-fapi-interaction-id', 'Of this attempt, as the delivery log shows it', {
          type: 'string',
          format: 'uuid',
          maxLength: 36,
        }),
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema, example } },
      },
      responses: {
        '204': { description: 'Taken' },
        '410': { description: 'Do not send here any more' },
        '429': { description: 'Give me room; Retry-After is heeded' },
      },
    },
  },
});

const header = (name: string, description: string, schema: object) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema,
});

const schema = {
  type: 'object',
  required: ['type', 'timestamp', 'data'],
  properties: {
    type: { type: 'string', enum: [VERIFICATION_TYPE, ...EVENT_TYPES] },
    timestamp: { type: 'string', format: 'date-time', maxLength: 40 },
    data: {
      type: 'object',
      properties: {
        eventId: id('evt'),
        sequence: { type: 'integer', format: 'int64', minimum: 1, maximum: 9_007_199_254_740_991 },
        epspId: id('epsp'),
      },
      additionalProperties: true,
    },
  },
};

const example = {
  type: 'consent.revoked',
  timestamp: '2026-11-22T14:05:00.000+09:00',
  data: {
    eventId: 'evt_01kap4v8xr9m3f2n7q5c1d6e8g',
    sequence: 412,
    epspId: 'epsp_01j0000000000000000000mnat',
    clientId: 'minato-kakei',
    chainPartnerId: 'none',
    bankCode: '2963',
    consentId: 'cns_01kap4t2b7h5k9w3x8y6z4a1c2',
  },
};
