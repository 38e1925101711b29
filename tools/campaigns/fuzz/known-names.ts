import type { Audience } from './callers.js';

/** A name of something the campaign knows, filled in when the request is sent: `{{acc}}`. */
export const placeholder = (kind: string): string => `{{${kind}}}`;

/** In a JSON body a value that is no text stands, with its quotes, for the JSON of what is known: `"{{json_jwk}}"`. */
export const jsonPlaceholder = (kind: string): string => placeholder(`json_${kind}`);

type Names = Readonly<Record<string, string>>;

/** Parameters and members that mean something known: own, somebody else's, or made up by its pattern. */
const EVERYWHERE: Names = {
  bankCode: 'bank',
  institution: 'bank',
  accountId: 'acc',
  consentId: 'cns',
  transferId: 'trf',
  instructionId: 'instruction',
  subscriptionId: 'subscriptionId',
  deliveryId: 'dlv',
  eventId: 'evt',
  cursor: 'cursor',
  after: 'cursor',
  chainPartnerId: 'cp',
  partnerId: 'cp',
  'x-chain-partner-id': 'partner',
  checklistId: 'checklistId',
  submissionId: 'checklistId',
  itemId: 'item',
  evidenceId: 'evd',
  documentId: 'doc',
  statementId: 'doc',
  letterId: 'doc',
  demandId: 'dem',
  requestId: 'req',
  noticeId: 'ntc',
  incidentId: 'inc',
  caseId: 'case',
  onboardingId: 'app',
  applicationId: 'app',
  agreementId: 'agr',
  decisionId: 'dec',
  findingId: 'fnd',
  proposalId: 'prp',
  id: 'prp',
  epspId: 'epsp',
  templateId: 'template',
  version: 'version',
  number: 'version',
  chain: 'chain',
  requestedDate: 'today',
  dueOn: 'next_year',
  plannedOn: 'next_year',
  textHash: 'textHash',
  wording: 'wording',
  'x-file-name': 'file',
  'If-Match': 'etag',
};

/** What only the registration of software means by these words. */
const OF_REGISTRATION: Names = {
  clientId: 'registrant',
  client_id: 'registrant',
  software_id: 'software',
  software_statement: 'statement',
  changeId: 'chg',
  kid: 'kid',
  replaces: 'kid',
  certificate: 'certificate',
  scope: 'scope',
  'Key-Proof': 'proof',
  jwk: 'json_jwk',
  jwks: 'json_jwks',
  redirect_uris: 'json_redirect_uris',
  contacts: 'json_contacts',
  grant_types: 'json_grant_types',
  response_modes: 'json_response_modes',
  authorization_details_types: 'json_detail_types',
};

/** Bodies between the servers call many things `id` and `version` that are no proposal and no text. */
const { id: _id, version: _version, number: _number, ...BETWEEN_SERVERS } = EVERYWHERE;

/** The known names of a document, by parameter and member. */
export function namesFor(audience: Audience): Names {
  if (audience === 'software') return OF_REGISTRATION;
  return audience === 'gateway' ? BETWEEN_SERVERS : EVERYWHERE;
}
