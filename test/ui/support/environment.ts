/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import type { Disposables } from '../../../harness/disposables';

/** What all browser tests share. Jest isolates their modules, so it is passed by an environment variable. */
interface UiEnvironment {
	/** URL of n8n's editor. */
	url: string;
	/** URL of the sandbox. */
	sandboxUrl: string;
	/** The key that the sandbox accepts. */
	apiKey: string;
	/** Endpoint at which Playwright connects to the browser. */
	browser: string;
}

const VARIABLE = 'AIMLAPI_UI_ENVIRONMENT';

export const setEnvironment = (environment: UiEnvironment): void => {
	process.env[VARIABLE] = JSON.stringify(environment);
};

/** @throws Error outside of a run of the browser tests */
export const uiEnvironment = (): UiEnvironment =>
	JSON.parse(process.env[VARIABLE]!) as UiEnvironment;

/** Where Jest's global setup passes to its teardown what is to be ended. */
export const shared = globalThis as typeof globalThis & { started?: Disposables };
