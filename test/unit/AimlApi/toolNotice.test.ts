import { NodeHelpers, type INodeTypeDescription } from 'n8n-workflow';

/** The node as it is built against an n8n-workflow that has, or lacks, one of its functions. */
function descriptionWith(without: string[]): INodeTypeDescription {
	let description!: INodeTypeDescription;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => {
			const exported = Object.entries(jest.requireActual<object>('n8n-workflow'));
			return Object.fromEntries(exported.filter(([name]) => !without.includes(name)));
		});
		const { AimlApi } = jest.requireActual<typeof import('../../../nodes/AimlApi/AimlApi.node')>(
			'../../../nodes/AimlApi/AimlApi.node',
		);
		description = new AimlApi().description;
	});
	return description;
}

const notices = ({ properties }: INodeTypeDescription) =>
	properties.filter(({ name }) => name === 'toolNotice');

test('an n8n that does not run the node as a tool says so on the tool, and on no other node', () => {
	const description = descriptionWith(['assertParamIsOfAnyTypes']);
	const [notice] = notices(description);
	expect(notice).toMatchObject({ type: 'notice', displayName: expect.stringContaining('1.109') });
	const isShown = (name: string) =>
		NodeHelpers.displayParameter({}, notice, { typeVersion: 1 }, { ...description, name });
	expect(isShown('aimlApi')).toBe(false);
	expect(isShown('aimlApiTool')).toBe(true);
});

test('an n8n that runs the node as a tool says nothing', () => {
	expect(notices(descriptionWith([]))).toEqual([]);
});
