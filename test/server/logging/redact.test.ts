import { describe, expect, it } from '@jest/globals';

import { GuardedString } from '../../../src/connid/guarded-string.js';
import { loggableUid } from '../../../src/server/logging/redact.js';
import { captureLog } from '../../support/log-capture.js';

describe('the logger', () => {
  it('masks secrets and addresses, however deep they are', () => {
    const log = captureLog();
    log.logger.info('call for jill@example.com with Bearer abc.def', {
      authorization: 'Basic Y2xpZW50OnNlY3JldA==',
      list: [{ clientSecret: 'hunter2', note: 'mail <jill@example.com>, please', retries: 3 }],
      guarded: new GuardedString('hunter2'),
      tokenCount: 5,
    });
    expect(log.entries()).toEqual([
      {
        level: 'info',
        message: 'call for <address> with Bearer ********',
        timestamp: expect.any(String),
        authorization: '********',
        list: [{ clientSecret: '********', note: 'mail <<address>>, please', retries: 3 }],
        guarded: '********',
        tokenCount: 5,
      },
    ]);
  });

  it('survives circles', () => {
    const log = captureLog();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    log.logger.info('round', { circle });
    expect(log.entries()).toHaveLength(1);
  });
});

describe('loggableUid', () => {
  it.each(['KDcuGIm1QgePTO8WbOqwIQ', 'a-_+/=&0123456789012', 'x'.repeat(20), 'x'.repeat(40)])(
    'shows %s, which has the form of an id',
    (id) => {
      expect(loggableUid(id)).toBe(id);
    },
  );

  it.each([
    'hunter2',
    'jill.hill',
    '+15550100',
    'me',
    '',
    'x'.repeat(19),
    'x'.repeat(41),
    'KDcuGIm1QgePTO8WbOqwI.',
    'KDcuGIm1QgePTO8WbOqwIQ\n',
    'KDcuGIm1QgePTO8WbOqw Q',
  ])('shows a digest of %j, which has another form', (uid) => {
    expect(loggableUid(uid)).toMatch(/^sha256:[0-9a-f]{16}$/);
  });

  it('shows a digest of anything else, the same for every spelling of an address', () => {
    expect(loggableUid('jill@example.com')).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(loggableUid('Jill@Example.com')).toBe(loggableUid('jill@example.com'));
  });
});
