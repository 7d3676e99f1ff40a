'before'
throw 'no such reads'
