import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { Express, RequestHandler } from 'express';

import { refuseMethod } from './serve-operation.js';

/** The files of swagger-ui that the page needs. The server does not serve other files of the package. */
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/** The page may load from and call this service only. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <title>Zoom identity connector</title>
    <link rel="stylesheet" href="swagger-ui.css">
    <link rel="icon" href="favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="swagger-ui-bundle.js"></script>
    <script src="start.js"></script>
  </body>
</html>
`;

/** A separate file, because the policy forbids inline scripts. No validator: it would call another server. */
const startScript = `SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
`;

/** Serves a page that displays the OpenAPI document and can send requests. */
export function mountDocs(app: Express): void {
  app.get('/docs', (_request, response) => response.redirect(301, 'docs/'));
  app.get('/docs/', text('text/html', page));
  app.get('/docs/start.js', text('text/javascript', startScript));
  const directory = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  for (const asset of assets) app.get(`/docs/${asset}`, file(join(directory, asset)));
  app.all(
    ['/docs', '/docs/', '/docs/start.js', ...assets.map((asset) => `/docs/${asset}`)],
    refuseMethod(['get']),
  );
}

function text(mediaType: string, content: string): RequestHandler {
  return (_request, response) => {
    response.set('Content-Security-Policy', contentSecurityPolicy).type(mediaType).send(content);
  };
}

function file(path: string): RequestHandler {
  return (_request, response, next) => {
    const options = {
      acceptRanges: false,
      etag: false,
      lastModified: false,
      cacheControl: false,
      dotfiles: 'allow',
    } as const;
    response.sendFile(path, options, (error?: Error) => {
      if (error !== undefined) next(error);
    });
  };
}
