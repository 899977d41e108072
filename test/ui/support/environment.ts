/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on the developer's machine, never inside n8n */
import type { Disposables } from '../../../harness/disposables';

/** What all browser tests share, each in its own module registry: so it goes by the environment. */
export interface UiEnvironment {
	/** Of n8n's editor. */
	url: string;
	/** The sandbox in place of the API. */
	sandboxUrl: string;
	/** The key that the sandbox accepts. */
	apiKey: string;
	/** Where Playwright reaches the browser. */
	browser: string;
}

const VARIABLE = 'AIMLAPI_UI_ENVIRONMENT';

export const setEnvironment = (environment: UiEnvironment): void => {
	process.env[VARIABLE] = JSON.stringify(environment);
};

/** @throws Error outside of a run of the browser tests */
export const uiEnvironment = (): UiEnvironment =>
	JSON.parse(process.env[VARIABLE]!) as UiEnvironment;

/** Where Jest's setup leaves for its teardown what there is to end. */
export const shared = globalThis as typeof globalThis & { started?: Disposables };
