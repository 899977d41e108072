import { readRequestSchema } from '../../nodes/shared/catalogue/readRequestSchema';
import { readModelParameters } from '../../nodes/shared/request/readModelParameters';
import { startSandbox, type Sandbox } from '../../sandbox';
import { runNode } from '../engine/runNode';
import { CHAT_ENDPOINT, chatParameters, parameterSchemas } from './chat';
import { describeModels } from './describeModels';
import { flawOf, labelOf } from './refusal';
import { print, specsFolder, type DocumentedModel } from './surroundings';
import { wrongValuesOf, type WrongValue } from './wrongValues';

type NamedWrongValue = WrongValue & { name: string };

describeModels(CHAT_ENDPOINT, (models) => {
	const refused = new Map<string, number>();
	let unsent = 0;

	afterAll(() => {
		const kinds = [...refused].map(([fault, count]) => `${count} ${fault}`).join(', ');
		print(`contract, wrong values: refused ${kinds}; ${unsent} of them in the engine, unsent`);
	});

	describe.each(models)('$id', (model) => {
		const { id, document } = model;
		const schema = readRequestSchema(document, CHAT_ENDPOINT);

		test('refuses what is just outside of its schema, naming field and limit', () => {
			const complaints = Object.entries(parameterSchemas(document)).flatMap(([name, property]) =>
				wrongValuesOf(property, document).flatMap((wrong) => {
					const reading = () => readModelParameters({ [name]: wrong.value }, schema, id);
					const flaw = flawOf(reading, name, wrong);
					if (flaw) return [{ flaw, name, ...wrong }];
					refused.set(wrong.fault, (refused.get(wrong.fault) ?? 0) + 1);
					return [];
				}),
			);
			expect(complaints).toEqual([]);
		});
	});

	describe('in the engine', () => {
		let sandbox: Sandbox;
		beforeAll(async () => {
			sandbox = await startSandbox({ specs: specsFolder });
		});
		afterAll(async () => await sandbox.close());

		const sample = models.filter((_, index) => index % 10 === 0);
		test.each(sample)('$id: nothing is sent or paid for a wrong value', async (model) => {
			const wrong = firstOfEachFault(model);
			sandbox.ledger.clear();
			for (const { name, value } of wrong) {
				const { error } = await runNode({
					credential: { apiKey: sandbox.apiKey, url: sandbox.url },
					items: [{ json: { value: value as never } }],
					parameters: {
						...chatParameters(model.id),
						messages: { values: [{ role: 'user', content: 'Hello' }] },
						modelParameters: {
							mappingMode: 'defineBelow',
							value: { [name]: '={{ $json.value }}' },
							schema: [],
						},
					},
				});
				expect(error?.message).toContain(`'${labelOf(name)}'`);
				unsent++;
			}
			expect(sandbox.ledger.calls.filter(({ method }) => method === 'POST')).toEqual([]);
			expect(sandbox.ledger.usd).toBe(0);
		});
	});
});

function firstOfEachFault(model: DocumentedModel): NamedWrongValue[] {
	const all = Object.entries(parameterSchemas(model.document)).flatMap(([name, schema]) =>
		wrongValuesOf(schema, model.document).map((wrong) => ({ name, ...wrong })),
	);
	return [...new Map(all.map((wrong) => [wrong.fault, wrong])).values()];
}
