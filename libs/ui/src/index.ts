export { dayForPeople, instantForPeople, timeOfDayForPeople } from './time.js';
export { LANGUAGES, wordsIn, type InterfaceLanguage, type WordId, type Words } from './words.js';
