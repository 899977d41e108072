import type { ResourceMapperField } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import type { Contract } from './contracts';
import { exempt } from './exemptions';
import { asForm, fromForm, isUpload } from './forms';
import { runRequest, type FilledForm } from './runRequest';
import { isObject } from './schema';
import type { DocumentedModel } from './collections';
import { bodyValidator, complaint } from './validator';

/** What is entered, and the body properties that its files become. */
export interface Expectation {
	form: FilledForm;
	placed?: Record<string, unknown>;
}

interface Asked {
	sandbox: Sandbox;
	contract: Contract;
	model: DocumentedModel;
	/** The fields of 'Model Parameters' for the model. */
	fields: ResourceMapperField[];
}

/**
 * Runs the node and expects a single valid request with exactly what was entered, and the operation's
 * items with paired items and the charged cost.
 */
export async function expectAnswer(
	{ sandbox, contract, model, fields }: Asked,
	{ form, placed = {} }: Expectation,
): Promise<void> {
	const { items, error, calls } = await runRequest(sandbox, contract, model, fields, form);
	expect(error && { error, form }).toBeUndefined();
	expect(calls).toHaveLength(1);
	const [{ body, credits }] = calls;

	const entered = { model: model.id, ...form.entries, ...form.values, ...placed, ...form.extra };
	const whole = contract.asSent?.(entered) ?? entered;
	const isForm = Object.values(placed).flat().some(isUpload);
	if (isForm && isObject(body)) expect(asForm(body)).toEqual(asForm(whole));
	else expect(body).toEqual(whole);
	const sent = isForm && isObject(body) ? fromForm(body, model.document) : body;
	const verdict = complaint(bodyValidator(model.document), sent);
	expect({ sent, verdict }).toEqual({ sent, verdict: '' });

	for (const [name, { reason }] of Object.entries(contract.sensible ?? {})) {
		if (form.values?.[name] !== undefined) exempt(reason);
	}

	expect(items).toHaveLength(contract.count(whole, items));
	const isFetched = form.download ?? true;
	expect(items.filter((item) => !contract.isAnswer(item, isFetched))).toEqual([]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
	const costs = items.map(({ json }) => Number(Object(json.cost).credits ?? 0));
	const hasCost = contract.hasCost?.(whole, model.document) ?? true;
	expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(hasCost ? credits : 0);
}
