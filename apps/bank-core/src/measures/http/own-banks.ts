export { OwnBanks } from '../../staff/index.js';
