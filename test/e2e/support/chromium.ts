/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserServer } from 'playwright-core';
import { UserFacingError } from '../../../harness/errors';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Without a window and without connections of its own. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The installed browser: that of CHROMIUM_PATH, or in one of the usual places on Linux. */
function launchOptions() {
	const executablePath = [process.env.CHROMIUM_PATH, ...PLACES].find(
		(path) => path && existsSync(path),
	);
	if (!executablePath) {
		throw new UserFacingError('There is no Chromium. Install it, or set CHROMIUM_PATH.');
	}
	return { executablePath, args: ARGUMENTS };
}

/** Starts Chromium for this process. @throws UserFacingError if it isn't installed */
export const startChromium = async (): Promise<Browser> => await chromium.launch(launchOptions());

/**
 * Starts Chromium for every process that connects to its `wsEndpoint()`.
 *
 * @throws UserFacingError if it isn't installed
 */
export const serveChromium = async (): Promise<BrowserServer> =>
	await chromium.launchServer(launchOptions());
