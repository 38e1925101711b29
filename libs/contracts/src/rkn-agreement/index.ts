export { preamble } from './preamble.js';
export { liability } from './liability.js';
export { informationSecurity } from './information-security.js';
export { chainConnection } from './chain-connection.js';
export { definitions } from './definitions.js';
export { rknAgreement } from './agreement.js';
export { AGREEMENT_INSTITUTIONS, type AgreementInstitution } from './covered-institutions.js';
export { rknParameters } from './parameters.js';
