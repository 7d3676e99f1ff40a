'never run'
