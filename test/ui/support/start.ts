/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { EXAMPLES } from '../../../harness/demoContent';
import { Disposables } from '../../../harness/disposables';
import { preparedN8n } from '../../../harness/preparedN8n';
import { example } from '../../../harness/workflows/workflow';
import { serveChromium } from '../../e2e/support/chromium';
import { SCREENSHOTS } from './editorPage';
import { setEnvironment, shared } from './environment';

/** Starts the browser, n8n and sandbox that all browser tests share; `end.ts` ends them. */
export default async function start(): Promise<void> {
	rmSync(SCREENSHOTS, { recursive: true, force: true });
	shared.started = new Disposables();
	const browser = await serveChromium();
	shared.started.add(async () => await browser.close());
	const examples = readdirSync(EXAMPLES).map((file) => example(basename(file, '.json')));
	const n8n = await preparedN8n(examples, { jobPace: { pollsUntilDone: 1 }, listVariants: false });
	shared.started.add(n8n.end);
	const { server } = await n8n.start();
	setEnvironment({
		url: server.url,
		sandboxUrl: n8n.sandbox.url,
		apiKey: n8n.sandbox.apiKey,
		browser: browser.wsEndpoint(),
	});
}
