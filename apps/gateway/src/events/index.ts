export { EventsModule } from './events.module.js';
export { EVENT_TYPES, eventTypes, VERIFICATION_TYPE, type EventType } from './domain/event-type.js';
