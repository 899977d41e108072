/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserServer } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine: CHROMIUM_PATH, or where Linux distributions put it. */
export const chromiumPath = (): string | undefined =>
	[process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path));

/** Without a window and without connections of its own. */
const headless = (executablePath: string) => ({
	executablePath,
	args: [
		'--no-sandbox',
		'--disable-gpu',
		'--disable-quic',
		'--no-first-run',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync',
	],
});

/** Starts it for this process. */
export const startChromium = async (executablePath: string): Promise<Browser> =>
	await chromium.launch(headless(executablePath));

/** Starts it for all that connect to its `wsEndpoint()`. */
export const serveChromium = async (executablePath: string): Promise<BrowserServer> =>
	await chromium.launchServer(headless(executablePath));
