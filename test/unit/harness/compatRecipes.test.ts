import { RECIPES, recipesOf } from '../../../harness/compat/recipes';

test('without a version all recipes are tried, otherwise those of the given versions', () => {
	expect(recipesOf([])).toEqual(RECIPES);
	expect(recipesOf(['2.0.3']).map(({ version }) => version)).toEqual(['2.0.3']);
});

test('a version without a recipe is an error instead of a run that tries nothing and passes', () => {
	expect(() => recipesOf(['2.0.3', '9.9.9'])).toThrow('There is no recipe for n8n 9.9.9');
});
