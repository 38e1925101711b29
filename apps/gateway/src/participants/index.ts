export { ParticipantsModule } from './participants.module.js';
