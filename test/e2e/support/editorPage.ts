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

	/** Presses the big button and waits until the last node is marked as done. */
	async executeWorkflow(nodes: number): Promise<void> {
		await this.by('execute-workflow-button').click();
		await this.by('canvas-node-status-success')
			.nth(nodes - 1)
			.waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.by('canvas-node').filter({ hasText: name }).dblclick();
		await this.by('node-parameters').waitFor();
	}

	/** Enters a key in the open credential dialog and saves, upon which n8n tests it. */
	async saveKey(key: string): Promise<void> {
		await this.by('parameter-input-apiKey').locator('input').fill(key);
		await this.by('credential-save-button').click();
	}

	async openModels(): Promise<void> {
		await this.by('rlc-input').click();
		await this.by('rlc-item').first().waitFor();
	}

	/** Looks something up in the open picker. */
	async searchModels(text: string): Promise<void> {
		await Promise.all([
			this.page.waitForResponse(/resource-locator-results/),
			this.by('rlc-search').fill(text),
		]);
	}

	/** Takes a model of the open picker and waits for its parameters. */
	async takeModel(id: string): Promise<void> {
		await Promise.all([
			this.page.waitForResponse(/resource-mapper-fields/),
			this.by('rlc-item')
				.filter({ hasText: new RegExp(`^${id}(\\s|$)`) })
				.click(),
		]);
	}

	/** Opens 'Add parameter to send' and gives its entries. */
	async offeredParameters(): Promise<string[]> {
		await this.by('add-fields-select').click();
		const entries = this.page.locator('[role="menu"]:visible [role="menuitem"]');
		await entries.first().waitFor();
		return (await entries.allInnerTexts()).map((text) => text.trim());
	}

	/** Closes an open menu by a click beside it. */
	async closeMenu(): Promise<void> {
		const { x, y } = (await this.by('tab-params').boundingBox())!;
		await this.page.mouse.click(x, y);
	}

	async screenshot(name: string): Promise<void> {
		mkdirSync(SCREENSHOTS, { recursive: true });
		await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
	}
}
