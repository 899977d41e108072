/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { N8nRest, OWNER } from '../../../harness/n8nRest';
import { REPOSITORY } from '../../../harness/packedPackage';
import { until } from '../../../harness/until';
import type { Workflow } from '../../../harness/workflows/workflow';
import type { LoggedCall } from '../../../sandbox/server/requestLog';
import { uiEnvironment } from './environment';

/** The folder of the pictures that a run takes. */
export const SCREENSHOTS = join(REPOSITORY, '.test-results', 'screenshots');

/** One page of n8n's editor, used as a person would. */
export class EditorPage {
	private readonly foreignOrigins = new Set<string>();

	/** Requests in which the editor stored a workflow, which it does by itself after a change. */
	readonly saved: string[] = [];

	private constructor(
		private readonly url: string,
		private readonly browser: Browser,
		readonly rest: N8nRest,
		readonly page: Page,
	) {
		page.setDefaultTimeout(45_000);
		page.on('request', (request) => {
			const { origin, protocol, pathname } = new URL(request.url());
			if (request.method() !== 'GET' && pathname.startsWith('/rest/workflows')) {
				this.saved.push(`${request.method()} ${pathname}`);
			}
			if (origin !== url && protocol.startsWith('http')) this.foreignOrigins.add(origin);
		});
	}

	/** Opens a page of the shared browser, logged in as the owner. */
	static async open(): Promise<EditorPage> {
		const { url, browser: endpoint } = uiEnvironment();
		const rest = new N8nRest(url);
		await rest.logIn();
		const browser = await chromium.connect(endpoint);
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const { email, password } = OWNER;
		const login = { emailOrLdapLoginId: email, password };
		await context.request.post(`${url}/rest/login`, { data: login });
		return new EditorPage(url, browser, rest, await context.newPage());
	}

	/** Takes a screenshot and disconnects from the browser. */
	async close(name: string): Promise<void> {
		await this.screenshot(`${name}-last-state`);
		await this.browser.close();
	}

	/** The origins of all requests, except the editor's own. */
	get contacted(): string[] {
		return [...this.foreignOrigins];
	}

	by(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** Opens a stored workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.by('canvas-node').first().waitFor();
	}

	/** Stores a workflow under a new ID, opens it, and returns the ID. */
	async openNewWorkflow(workflow: Workflow): Promise<string> {
		const content = { ...workflow, id: undefined };
		const { id } = await this.rest.request<Workflow>('POST', '/rest/workflows', content);
		await this.openWorkflow(id);
		return id;
	}

	/** Takes effect when the next page is opened. */
	async useTheme(theme: 'light' | 'dark'): Promise<void> {
		await this.page.addInitScript(`localStorage.setItem('N8N_THEME', '${theme}')`);
	}

	/** Opens a workflow without a node. */
	async openEmptyWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.by('canvas-add-button').waitFor();
	}

	/** Opens the node creator by its key. */
	async openCreator(): Promise<void> {
		await this.page.keyboard.press('n');
		await this.by('node-creator-search-bar').waitFor();
	}

	/** Searches in the open node creator, waits until a name is listed, and returns all names in order. */
	async findNodes(query: string, name: string): Promise<string[]> {
		await this.by('node-creator-search-bar').fill(query);
		await this.by('node-creator-item-name').getByText(name, { exact: true }).first().waitFor();
		return (await this.by('node-creator-item-name').allInnerTexts()).map((text) => text.trim());
	}

	/** Adds a node by one of its actions, in the open node creator; its panel opens. */
	async addByAction(node: string, action: string): Promise<void> {
		await this.findNodes(node, node);
		await this.by('node-creator-item-name').getByText(node, { exact: true }).click();
		await this.by('node-creator-item-name').getByText(action, { exact: true }).click();
		await this.by('node-parameters').waitFor();
	}

	/** Executes the workflow and waits until this number of nodes has succeeded. */
	async executeWorkflow(nodes: number): Promise<void> {
		await this.by('execute-workflow-button').click();
		await this.by('canvas-node-status-success')
			.nth(nodes - 1)
			.waitFor();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.by('node-parameters').waitFor();
	}

	/** Closes the open node, if any. */
	async closeNode(): Promise<void> {
		if ((await this.by('ndv-close-button').count()) === 0) return;
		await this.by('ndv-close-button').click();
		await this.by('node-parameters').waitFor({ state: 'hidden' });
	}

	/** Executes the open node and waits for its output or error. */
	async executeStep(): Promise<void> {
		await this.by('node-execute-button').click();
		await this.by('node-run-info').waitFor();
	}

	/** Enters a value into a field of the open credential dialog. */
	async fillCredential(field: 'apiKey' | 'url', value: string): Promise<void> {
		await this.by(`parameter-input-${field}`).locator('input').fill(value);
	}

	/** All POST requests to the API so far, in order of arrival. */
	async calls(): Promise<LoggedCall[]> {
		const answer = await fetch(`${uiEnvironment().sandboxUrl}/sandbox/requests`);
		const { calls } = (await answer.json()) as { calls: LoggedCall[] };
		return calls.filter(({ method }) => method === 'POST');
	}

	async openModels(): Promise<void> {
		await this.by('rlc-input').click();
		await this.by('rlc-item').first().waitFor();
	}

	/** Searches in the open model picker. */
	async searchModels(text: string): Promise<void> {
		await Promise.all([
			this.page.waitForResponse(/resource-locator-results/),
			this.by('rlc-search').fill(text),
		]);
	}

	/**
	 * Chooses a model in the open picker and waits for its parameters. n8n doesn't load them if the node
	 * doesn't show them, or if an expression of the node has no data yet.
	 */
	async takeModel(id: string): Promise<void> {
		const answered = this.page
			.waitForResponse(/resource-mapper-fields/, { timeout: 20_000 })
			.catch(() => undefined);
		await this.by('rlc-item')
			.filter({ hasText: new RegExp(`^${id}(\\s|$)`) })
			.click();
		if ((await this.by('resource-mapper-container').count()) > 0) await answered;
	}

	/** Chooses an entry of one of the open node's dropdowns, such as `resource`. */
	async chooseOption(parameter: string, entry: string): Promise<void> {
		await this.by(`parameter-input-${parameter}`).first().click();
		await this.takeEntry(entry);
	}

	/** Adds one of the open node's 'Options', or an optional field to the first entry of a list. */
	async addField(to: 'options' | 'entry', label: string): Promise<void> {
		const adder = to === 'options' ? 'collection-parameter-add' : 'fixed-collection-add-property';
		await this.by(adder).first().click();
		await this.takeEntry(label);
	}

	/** Chooses an entry of the open dropdown. */
	private async takeEntry(entry: string): Promise<void> {
		const entries = this.page.locator('.el-select-dropdown__item:visible');
		await entries
			.filter({ has: this.page.getByText(entry, { exact: true }) })
			.first()
			.click();
	}

	/** Drags a field of the open node's input onto one of its parameters, by its test ID. */
	async dragField(field: string, parameter: string): Promise<void> {
		const pill = this.by('ndv-input-panel').locator(
			`[data-target="mappable"][data-name="${field}"]`,
		);
		await pill.waitFor();
		const from = (await pill.boundingBox())!;
		const to = (await this.by(parameter).first().boundingBox())!;
		const { mouse } = this.page;
		await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await mouse.down();
		await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
		await mouse.up();
	}

	/** Adds a parameter to 'Model Parameters', by its label. */
	async addParameter(label: string): Promise<void> {
		await this.by('add-fields-select').click();
		await this.page.getByRole('menuitem', { name: label, exact: true }).click();
	}

	/**
	 * Waits until the editor has stored parameters of a node that fulfill a condition, and returns them. It
	 * stores a workflow by itself a moment after a change.
	 *
	 * @throws UserFacingError on timeout
	 */
	async storedParameters<T extends object>(
		workflow: string,
		node: string,
		isExpected: (parameters: T) => boolean,
	): Promise<T> {
		return await until(`the parameters of ${node} to be stored`, async () => {
			const { nodes } = await this.rest.request<Workflow>('GET', `/rest/workflows/${workflow}`);
			const parameters = nodes.find(({ name }) => name === node)!.parameters as T;
			return isExpected(parameters) && parameters;
		});
	}

	/** Chooses a model by searching for its whole ID. */
	async chooseModel(id: string): Promise<void> {
		await this.openModels();
		await this.searchModels(id);
		await this.takeModel(id);
	}

	/** Opens 'Add parameter to send' and returns its entries. */
	async offeredParameters(): Promise<string[]> {
		await this.by('add-fields-select').click();
		const entries = this.page.locator('[role="menu"]:visible [role="menuitem"]');
		await entries.first().waitFor();
		return (await entries.allInnerTexts()).map((text) => text.trim());
	}

	/** Adds all parameters to 'Model Parameters', by its menu. */
	async addAllParameters(): Promise<void> {
		await this.by('columns-parameter-input-options-container').getByRole('button').click();
		await this.page.getByRole('menuitem', { name: 'Add All Parameters' }).click();
		await this.page.locator('[data-test-id^="remove-field-button-"]').first().waitFor();
	}

	/** IDs of the parameters that the open node shows under 'Model Parameters'. */
	async shownParameters(): Promise<string[]> {
		const buttons = this.page.locator('[data-test-id^="remove-field-button-"]');
		const ids = await Promise.all(
			(await buttons.all()).map(async (button) => await button.getAttribute('data-test-id')),
		);
		return ids.map((id) => id!.replace('remove-field-button-', ''));
	}

	/** The number of error marks on the parameters of the open node. */
	async complaints(): Promise<number> {
		return await this.by('node-parameters')
			.locator('[class*="parameter-issues"] svg, .cm-lint-marker-error')
			.count();
	}

	/** Labels of the open node's fields. */
	async labels(): Promise<string[]> {
		return await this.page.evaluate<string[]>(`${LABELS}.map((label) => label.innerText)`);
	}

	/** Labels of the open node that are cut off. */
	async cutLabels(): Promise<string[]> {
		return await this.page.evaluate<string[]>(CUT_LABELS);
	}

	/** The height of the open node's parameters without scrolling, in pixels. */
	async panelHeight(): Promise<number> {
		return await this.page.evaluate<number>(
			`document.querySelector('[data-test-id="node-parameters"]').scrollHeight`,
		);
	}

	/** Waits until the editor has loaded the parameters of the open node's model. */
	async parameterFields(): Promise<void> {
		await this.page.waitForResponse(/resource-mapper-fields/);
	}

	/** First lines of the sticky notes whose text doesn't fit. */
	async overflowingNotes(): Promise<string[]> {
		return await this.page.evaluate<string[]>(OVERFLOWING_NOTES);
	}

	/** First lines of the sticky notes that are blank for a quarter of their height or more. */
	async blankNotes(): Promise<string[]> {
		return await this.page.evaluate<string[]>(BLANK_NOTES);
	}

	/** Connections on the canvas that cross a node that they don't connect. */
	async crossedNodes(): Promise<string[]> {
		return await this.page.evaluate<string[]>(CROSSED_NODES);
	}

	/** Closes an open menu by a click outside of it. */
	async closeMenu(): Promise<void> {
		const { x, y } = (await this.by('tab-params').boundingBox())!;
		await this.page.mouse.click(x, y);
	}

	async screenshot(name: string): Promise<void> {
		mkdirSync(SCREENSHOTS, { recursive: true });
		await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
	}
}

// These run in the page. They are texts, since this program is compiled without the types of the DOM.

const LABELS = `[...document.querySelectorAll(
	'[data-test-id="node-parameters"] [data-test-id="input-label"] label [class*="title"] > span',
)]`;

const CUT_LABELS = `${LABELS}
	.filter((label) => label.scrollWidth > label.clientWidth && label.clientWidth > 0)
	.map((label) => label.innerText)`;

const OVERFLOWING_NOTES = `[...document.querySelectorAll('[data-test-id="sticky"]')]
	.filter((note) => [...note.querySelectorAll('*')].some(
		(part) => part.scrollHeight > part.clientHeight + 4 && part.clientHeight > 40,
	))
	.map((note) => note.innerText.split('\\n')[0])`;

/** Compares the bottom of a note's last line with that of the note. */
const BLANK_NOTES = `[...document.querySelectorAll('[data-test-id="sticky"]')]
	.filter((note) => {
		const box = note.getBoundingClientRect();
		const range = document.createRange();
		range.selectNodeContents(note);
		const lines = [...range.getClientRects()].filter(({ height }) => height < box.height / 2);
		const end = Math.max(...lines.map(({ bottom }) => bottom));
		return (box.bottom - end) / box.height >= 0.25;
	})
	.map((note) => note.innerText.split('\\n')[0])`;

/** Checks for 41 points of each connection whether they are inside the box of a node. */
const CROSSED_NODES = `[...document.querySelectorAll('[data-test-id="edge"]')].flatMap((edge) => {
	const ends = [edge.dataset.sourceNodeName, edge.dataset.targetNodeName];
	const others = [...document.querySelectorAll('[data-test-id="canvas-node"]')].filter(
		({ dataset }) => !ends.includes(dataset.nodeName),
	);
	const points = [...edge.querySelectorAll('path')].flatMap((path) =>
		Array.from({ length: 41 }, (_, index) =>
			path.getPointAtLength((path.getTotalLength() * index) / 40).matrixTransform(path.getScreenCTM()),
		),
	);
	return others
		.filter((node) => {
			const { left, right, top, bottom } = node.getBoundingClientRect();
			return points.some(({ x, y }) => x > left && x < right && y > top && y < bottom);
		})
		.map(({ dataset }) => ends.join(' to ') + ' crosses ' + dataset.nodeName);
})`;
