import { describe, expect, it } from '@jest/globals';

import { createFixture } from '../support/fixture.js';
import { get, post } from '../support/http-client.js';

const fixture = createFixture();

describe('/openapi.json', () => {
  it('is the document, in the version of the connector', async () => {
    const { status, body } = await get(fixture, '/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  });
});

describe('/docs', () => {
  it('leads to the page', async () => {
    const { status, headers } = await get(fixture, '/docs');
    expect([status, headers['location']]).toEqual([301, 'docs/']);
  });

  it('is a page that may load and call nothing but this service', async () => {
    const { headers, text } = await get(fixture, '/docs/');
    expect(headers['content-type']).toMatch(/^text\/html/);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(text).not.toMatch(/https?:|<script>|style=|onload=/);
  });

  it('has all the files the page names', async () => {
    const { text } = await get(fixture, '/docs/');
    const files = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(4);
    for (const file of files) {
      const { status, headers } = await get(fixture, `/docs/${file}`);
      expect([file, status, headers['cache-control']]).toEqual([file, 200, 'no-store']);
    }
  });

  it.each(['/docs', '/docs/', '/docs/start.js'])('is only read (%s)', async (path) => {
    const { status, headers, body } = await post(fixture, path);
    expect([status, headers['allow'], body]).toMatchObject([405, 'GET, HEAD', { exception: null }]);
  });

  it.each(['/docs/package.json', '/docs/swagger-ui.css.map', '/docs/..%2fpackage.json'])(
    'serves nothing else (%s)',
    async (path) => {
      expect((await get(fixture, path)).status).toBe(404);
    },
  );
});
