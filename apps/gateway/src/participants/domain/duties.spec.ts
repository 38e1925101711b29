import { describe, expect, test } from '@jest/globals';
import {
  applicationUnder,
  dutiesOf,
  stateOfPartner,
  worstOf,
  type ApplicationState,
  type ParticipantState,
} from './duties.js';

const shown = (participant: ParticipantState, application: ApplicationState) => {
  const duties = dutiesOf(participant, application);
  return Object.entries(duties)
    .filter(([, holds]) => holds)
    .map(([name]) => name);
};

describe('B-12 duties while a participant is not fully active', () => {
  const ALL = ['discloseData', 'acceptConsents', 'acceptWithdrawals'];
  const PAUSED = ['acceptWithdrawals'];
  const OVER = ['endConsents', 'cleanRegistration'];
  //   intermediary   software    what holds
  test.each<[ParticipantState, ApplicationState, string[]]>([
    ['active', 'active', ALL],
    ['active', 'inactive', PAUSED],
    ['active', 'removed', OVER],
    ['restricted', 'active', ALL],
    ['restricted', 'inactive', PAUSED],
    ['suspended', 'active', PAUSED],
    ['suspended', 'inactive', PAUSED],
    ['suspended', 'removed', OVER],
    ['pending', 'active', PAUSED],
    ['terminated', 'active', OVER],
    ['terminated', 'removed', OVER],
  ])('RKN-S4c %s intermediary, %s software', (participant, application, expected) => {
    expect(shown(participant, application)).toEqual(expected);
  });

  test('RKN-S4c software never stands better than its intermediary', () => {
    expect(applicationUnder('suspended', 'active')).toBe('inactive');
    expect(applicationUnder('terminated', 'active')).toBe('removed');
    expect(applicationUnder('active', 'active')).toBe('active');
  });

  test('the worst of the levels wins', () => {
    expect(worstOf([])).toBe('active');
    expect(worstOf(['active', 'restricted'])).toBe('restricted');
    expect(worstOf(['suspended', 'restricted', 'active'])).toBe('suspended');
    expect(worstOf(['terminated', 'suspended'])).toBe('terminated');
    expect(worstOf(['active', stateOfPartner('stopped')])).toBe('suspended');
    expect(worstOf(['active', stateOfPartner('contracted')])).toBe('active');
  });
});
