/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from '../../../harness/n8nRest';
import { REPOSITORY } from '../../../harness/packedPackage';

const SCREENSHOTS = join(REPOSITORY, '.test-results', 'screenshots');

/** One page of n8n's editor, used as a person would. */
export class EditorPage {
	private readonly foreignOrigins = new Set<string>();

	private constructor(
		private readonly url: string,
		readonly page: Page,
	) {
		page.setDefaultTimeout(30_000);
		page.on('request', (request) => {
			const { origin, protocol } = new URL(request.url());
			if (origin !== url && protocol.startsWith('http')) this.foreignOrigins.add(origin);
		});
	}

	/** Opens the editor at `url` as the owner. */
	static async open(browser: Browser, url: string): Promise<EditorPage> {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const { email, password } = OWNER;
		const login = { emailOrLdapLoginId: email, password };
		await context.request.post(`${url}/rest/login`, { data: login });
		return new EditorPage(url, await context.newPage());
	}

	/** Every origin but the editor's own that the page asked for something. */
	get contacted(): string[] {
		return [...this.foreignOrigins];
	}

	by(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.by('canvas-node').first().waitFor();
	}

	async openNode(workflowId: string, nodeId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/${nodeId}`);
		await this.by('node-parameters').waitFor();
	}

	/** Enters a key in the open credential dialog and saves, upon which n8n tests it. */
	async saveKey(key: string): Promise<void> {
		await this.by('parameter-input-apiKey').locator('input').fill(key);
		await this.by('credential-save-button').click();
	}

	/** Looks a model up in the picker, takes it, and waits for its parameters. */
	async pickModel(search: string, id: string): Promise<void> {
		await this.by('rlc-input').click();
		await this.by('rlc-search').fill(search);
		const parameters = this.page.waitForResponse(/resource-mapper-fields/);
		await this.by('rlc-item').filter({ hasText: id }).first().click();
		await parameters;
	}

	/** The entries of 'Add parameter to send', which stays open. */
	async offeredParameters(): Promise<string[]> {
		await this.by('add-fields-select').click();
		const entries = this.page.locator('[role="menu"]:visible [role="menuitem"]');
		await entries.first().waitFor();
		return (await entries.allInnerTexts()).map((text) => text.trim());
	}

	async screenshot(name: string): Promise<void> {
		mkdirSync(SCREENSHOTS, { recursive: true });
		await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
	}
}
